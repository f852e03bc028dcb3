'use strict'; const i=require('internal/util/inspect'); module.exports={inspect:i.inspect,format:i.format,types:{}};
