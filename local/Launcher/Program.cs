// Signals are the launcher's own: stopping what it started may take longer than the parser's 2 s.
return await Launcher.LaunchCommand.Create().Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null });
