namespace Cli.Tests;

/// <summary>Runs <c>orchestrate</c> in this process.</summary>
internal static class CommandLine
{
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await OrchestrateCommand.RunAsync(arguments, new() { Output = output, Error = error });
        return (exitCode, output.ToString(), error.ToString());
    }
}
