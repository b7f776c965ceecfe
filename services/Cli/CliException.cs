namespace Cli;

/// <summary>The command cannot go on; the message is for the person who gave it.</summary>
internal sealed class CliException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
