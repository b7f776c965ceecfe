namespace Cli;

/// <summary>What a script learns from the end of a command; <see cref="Explanation"/> stands in <c>orchestrate --help</c>.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Unreachable = 3;
    public const int Refused = 4;
    public const int Interrupted = 130;

    public const string Explanation = """
        Exit codes: 0 done; 1 the run failed, the plan has problems, a document was left out, or the system is not healthy; 2 the arguments or
        a file are wrong; 3 nobody answers; 4 the system refuses (unknown id, key not accepted, not allowed, conflict); 130 interrupted.
        With --json what goes wrong is told on stderr, each as a JSON object in one line: code, message and, for a plan, problems.
        """;
}
