import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';

await yargs(hideBin(process.argv)).scriptName('tool').locale('en').wrap(80)
  .command(['serve [port]', 's'], 'starts', (y) => y.positional('port', { type: 'number', default: 5000, describe: 'where' }), (argv) => {
    console.log('serve', argv.port, argv.verbose, argv.tags, argv.nested);
  })
  .command('add <a> <b..>', 'adds', {}, async ({ a, b }) => console.log(b.reduce((x, y) => x + y, a)))
  .option('verbose', { alias: 'v', type: 'count', describe: 'more' })
  .option('tags', { type: 'array', string: true, coerce: (list) => list.map((t) => t.toUpperCase()) })
  .option('mode', { choices: ['a', 'b'], implies: 'tags' })
  .demandCommand(1, 'say what to do').strict().recommendCommands().version('9.9').epilogue('the end').help().parse();
