using System.ComponentModel.DataAnnotations;

namespace Orchestration.AgentHost;

/// <summary>How a process of agents meets the orchestrator; configuration section <c>Agent</c>.</summary>
public sealed class AgentOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string Section = "Agent";

    /// <summary>
    /// API key with the role "agent", by which the process registers; empty registers without one and is refused by a default set-up.
    /// </summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Dapr app id of the orchestrator.</summary>
    [Required]
    public string Orchestrator { get; set; } = "orchestrator";

    /// <summary>False: the process serves calls and tells nobody that it is there.</summary>
    public bool Register { get; set; } = true;

    /// <summary>How long a stopping process lets calls in flight go on; then they are cancelled and done elsewhere.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How often a quiet call gives a sign of life, at most every 500 ms; 0 switches it off. The orchestrator gives up on a call
    /// after three of them are missing.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.5")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromMilliseconds(400);
}
