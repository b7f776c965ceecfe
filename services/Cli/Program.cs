using System.CommandLine.Invocation;
using Cli;

var parsed = OrchestrateCommand.Create().Parse(args);
if (parsed.Action is ParseErrorAction error)
{
    // What is wrong is not lost above a page of help; a command that wants another one after it does show them.
    error.ShowHelp = parsed.CommandResult.Command.Subcommands.Count > 0;
}

var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
