namespace Cli.Conformance;

/// <param name="Agent">Null checks all agents of the process.</param>
/// <param name="DescribeOnly">True calls no skill.</param>
/// <param name="DrainPid">Process that is asked to stop at the end; null leaves it running.</param>
internal sealed record ConformanceOptions(string? Agent, bool DescribeOnly, int? DrainPid);
