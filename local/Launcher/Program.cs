// Signals are the launcher's own: stopping what it started may take longer than the parser's 2 s.
var command = Launcher.LaunchCommand.Create().Parse(args);
var exitCode = await command.InvokeAsync(new() { ProcessTerminationTimeout = null });
return command.Errors.Count > 0 ? 2 : exitCode;
