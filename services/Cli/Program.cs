// After Ctrl-C a command still says what goes on without it; on a busy machine that takes longer than the parser's 2 s.
return await Cli.OrchestrateCommand.RunAsync(args, new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
