namespace Orchestrator.Agents;

/// <summary>What an agent says while it works: a closed family. Live only; never part of a run's history.</summary>
internal abstract record AgentLive
{
    private AgentLive() { }

    /// <summary>Work has begun on this instance. A second one within an attempt means: rerouted.</summary>
    public sealed record Started(string AgentId, string AppId, string InstanceId) : AgentLive;

    /// <param name="Percent">0 to 100.</param>
    public sealed record Progress(double Percent, string Message) : AgentLive;

    /// <param name="Data">UTF-8 JSON.</param>
    public sealed record Insight(string Type, ReadOnlyMemory<byte> Data) : AgentLive;

    public sealed record Token(string Text) : AgentLive;
}
