import { Command, Option, InvalidArgumentError } from 'commander';

const program = new Command('tool');
program.version('1.2.3').description('does things').option('-d, --debug', 'tell more');
program.command('split').argument('<text>', 'what to split').argument('[parts...]')
  .option('-s, --separator <char>', 'where', ',')
  .addOption(new Option('-n, --count <n>', 'how many').argParser((text) => {
    if (!/^\d+$/.test(text)) {
      throw new InvalidArgumentError('not a number');
    }
    return Number(text);
  }).env('TOOL_COUNT').conflicts('all'))
  .addOption(new Option('--size <size>', 'which').choices(['small', 'large']).default('small'))
  .option('--all', 'every one').option('--no-colour', 'plain')
  .action((text, parts, options, command) => {
    console.log(text.split(options.separator), parts, options, command.optsWithGlobals().debug, command.getOptionValueSource('count'));
  });
program.command('later').action(async () => {
  await new Promise((resolve) => setTimeout(resolve, 1));
  console.log('later');
});
await program.parseAsync();
