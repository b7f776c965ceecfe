using System.ComponentModel.DataAnnotations;

namespace Orchestrator.Agents;

/// <summary>How agents are known, chosen and called; configuration section <c>Agents</c>.</summary>
internal sealed class AgentsOptions
{
    public const string Section = "Agents";

    /// <summary>Name of the routing policy: least_busy, round_robin, balanced or capability_match.</summary>
    [Required]
    public string Routing { get; set; } = "least_busy";

    /// <summary>Agents registered by this tenant's key serve every tenant; those of others serve their own.</summary>
    [Required]
    public string SharedTenant { get; set; } = "system";

    /// <summary>How often an agent process is to give a sign of life.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>An instance that was silent for this many intervals is offline.</summary>
    [Range(1.5, 100)]
    public double MissedHeartbeats { get; set; } = 3.5;

    /// <summary>How often what other replicas know is read.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A call that is silent this long, although its agent promised signs of life or has not yet taken it, is lost. One whose
    /// agent promises them less often than twice in this time may be silent.</summary>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:10:00")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromMilliseconds(1400);

    /// <summary>How often one attempt is moved elsewhere after a loss.</summary>
    [Range(0, 10)]
    public int MaxReroutes { get; set; } = 3;

    /// <summary>Most apps of one tenant; beyond it a new one replaces one without instances, or is refused.</summary>
    [Range(1, 1000)]
    public int AppsPerTenant { get; set; } = 50;

    /// <summary>Most agent processes of one tenant; beyond it a new one is refused.</summary>
    [Range(1, 5000)]
    public int InstancesPerTenant { get; set; } = 500;

    public TimeSpan OfflineAfter => HeartbeatInterval * MissedHeartbeats;
}
