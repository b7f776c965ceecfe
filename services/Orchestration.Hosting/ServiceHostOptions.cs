using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace Orchestration.Hosting;

/// <summary>Where a service listens and how it ends; read from the environment names that Dapr users know.</summary>
public sealed class ServiceHostOptions : IValidatableObject
{
    /// <summary>Dapr app id of the service.</summary>
    [Required, ConfigurationKeyName("APP_ID")]
    public required string AppId { get; set; }

    /// <summary>Port for gRPC and sidecar callbacks; 0 lets the system choose.</summary>
    [Range(0, 65535), ConfigurationKeyName("APP_PORT")]
    public int AppPort { get; set; }

    /// <summary>Port for probes and metrics; 0 lets the system choose.</summary>
    [Range(0, 65535), ConfigurationKeyName("HEALTH_PORT")]
    public int HealthPort { get; set; }

    /// <summary>IP address of the app port; "*" means all. The sidecar calls from the same machine or pod, so loopback is enough.</summary>
    [Required, ConfigurationKeyName("APP_ADDRESS")]
    public string AppAddress { get; set; } = "127.0.0.1";

    /// <summary>IP address of the probe port; "*" means all. A cluster's probes come from outside the pod.</summary>
    [Required, ConfigurationKeyName("HEALTH_ADDRESS")]
    public string HealthAddress { get; set; } = "127.0.0.1";

    /// <summary>Token every call on the app port must carry as <c>dapr-api-token</c>; empty switches the check off, which only a loopback
    /// address may.</summary>
    [ConfigurationKeyName("APP_API_TOKEN")]
    public string AppApiToken { get; set; } = "";

    /// <summary>Streams one connection may have open; a sidecar multiplexes all its calls over one.</summary>
    [Range(100, 100_000), ConfigurationKeyName("MAX_STREAMS")]
    public int MaxStreamsPerConnection { get; set; } = 4096;

    /// <summary>Longest time a stopping service waits for work in flight.</summary>
    [ConfigurationKeyName("SHUTDOWN_TIMEOUT")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(40);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var isLoopback = IPAddress.TryParse(AppAddress, out var address) && IPAddress.IsLoopback(address);
        return AppApiToken.Length > 0 || isLoopback
            ? []
            : [new ValidationResult(
                $"APP_API_TOKEN is needed when the app port is open to other machines (APP_ADDRESS is '{AppAddress}').")];
    }
}
