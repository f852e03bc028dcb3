// process.binding('natives') names the built-in modules, process.binding('constants') has the constants.
'use strict';
const { builtinModules } = require('node:module');

const names = Object.keys(process.binding('natives'));
console.log(names.includes('fs'), names.includes('stream/web'), builtinModules.filter((id) => !id.startsWith('node:')).every((id) => names.includes(id)));
const { fs, os, zlib } = process.binding('constants');
console.log(fs.O_CREAT, os.signals.SIGTERM, zlib.Z_FINISH);
try {
  process.binding('nothing of the kind');
} catch (error) {
  console.log(error.message);
}
