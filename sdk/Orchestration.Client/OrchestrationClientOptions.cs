namespace Orchestration.Client;

/// <summary>Where the system is and who is calling.</summary>
public sealed record OrchestrationClientOptions
{
    /// <summary>gRPC address of a Dapr sidecar, or of a service itself when no sidecar is in between.</summary>
    public required Uri Address { get; init; }

    /// <summary>API key of the caller; it decides tenant and roles.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Token of the sidecar; null when it asks for none.</summary>
    public string? DaprApiToken { get; init; }

    /// <summary>
    /// How long <see cref="OrchestrationClient.SubmitAsync"/>, uploads, downloads and watches are made again while nobody answers,
    /// for example because a program is being started again. Zero makes every call once.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest time of a single question or command; null sets no limit. Uploads, downloads and watches have none.</summary>
    public TimeSpan? CallTimeout { get; init; }

    /// <summary>Dapr app id of the orchestrator; null calls <see cref="Address"/> itself.</summary>
    public string? OrchestratorAppId { get; init; } = "orchestrator";

    /// <summary>Dapr app id of the monitor; null calls <see cref="Address"/> itself.</summary>
    public string? MonitorAppId { get; init; } = "monitor";
}
