using Orchestration.Contracts;

namespace Cli;

/// <summary>The command cannot go on; the message is for the person who gave it.</summary>
/// <param name="exitCode">What the command ends with.</param>
/// <param name="message">What is wrong and what can be done.</param>
/// <param name="code">What a script tells it by; null takes the one of the exit code.</param>
internal sealed class CliException(int exitCode, string message, string? code = null) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public string Code { get; } = code ?? exitCode switch
    {
        Cli.ExitCode.Usage => "usage",
        Cli.ExitCode.Unreachable => "unavailable",
        Cli.ExitCode.Refused => "refused",
        _ => "failed",
    };

    /// <summary>What is wrong with a plan or its inputs, when that is why.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>The file or plan that has the problems, as the person named it.</summary>
    public string Named { get; init; } = "";
}
