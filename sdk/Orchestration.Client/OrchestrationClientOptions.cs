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

    /// <summary>Dapr app id of the orchestrator; null calls <see cref="Address"/> itself.</summary>
    public string? OrchestratorAppId { get; init; } = "orchestrator";

    /// <summary>Dapr app id of the monitor; null calls <see cref="Address"/> itself.</summary>
    public string? MonitorAppId { get; init; } = "monitor";
}
