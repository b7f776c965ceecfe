return await Cli.OrchestrateCommand.RunAsync(args, new());
