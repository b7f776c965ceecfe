using Microsoft.Extensions.Configuration;

namespace Dapr;

/// <summary>Names and defaults by which an app finds its sidecar. Configuration goes before the environment.</summary>
public static class DaprDefaults
{
    /// <summary>Key of the whole HTTP endpoint of the sidecar, a URI; wins over the port.</summary>
    public const string DaprHttpEndpointEnvironmentVariableName = "DAPR_HTTP_ENDPOINT";

    /// <summary>Key of the port of the sidecar's HTTP API.</summary>
    public const string DaprHttpPortEnvironmentVariableName = "DAPR_HTTP_PORT";

    /// <summary>Key of the whole gRPC endpoint of the sidecar, a URI; wins over the port.</summary>
    public const string DaprGrpcEndpointEnvironmentVariableName = "DAPR_GRPC_ENDPOINT";

    /// <summary>Key of the port of the sidecar's gRPC API.</summary>
    public const string DaprGrpcPortEnvironmentVariableName = "DAPR_GRPC_PORT";

    /// <summary>Key of the token that the app sends to the sidecar.</summary>
    public const string DaprApiTokenEnvironmentVariableName = "DAPR_API_TOKEN";

    /// <summary>Key of the token that the app expects from the sidecar.</summary>
    public const string AppApiTokenEnvironmentVariableName = "APP_API_TOKEN";

    /// <summary>Scheme used with a port.</summary>
    public const string DefaultDaprScheme = "http";

    /// <summary>Host used with a port.</summary>
    public const string DefaultDaprHost = "localhost";

    /// <summary>Port of the HTTP API when none is configured.</summary>
    public const int DefaultHttpPort = 3500;

    /// <summary>Port of the gRPC API when none is configured.</summary>
    public const int DefaultGrpcPort = 50001;

    /// <summary>The token to send to the sidecar; empty when none is configured.</summary>
    public static string GetDefaultDaprApiToken(IConfiguration? configuration) =>
        Lookup(configuration, DaprApiTokenEnvironmentVariableName) ?? "";

    /// <summary>The token to expect from the sidecar; empty when none is configured.</summary>
    public static string GetDefaultAppApiToken(IConfiguration? configuration) =>
        Lookup(configuration, AppApiTokenEnvironmentVariableName) ?? "";

    /// <summary>The sidecar's HTTP endpoint.</summary>
    public static string GetDefaultHttpEndpoint(IConfiguration? configuration = null) =>
        Endpoint(configuration, DaprHttpEndpointEnvironmentVariableName, DaprHttpPortEnvironmentVariableName, DefaultHttpPort);

    /// <summary>The sidecar's gRPC endpoint.</summary>
    public static string GetDefaultGrpcEndpoint(IConfiguration? configuration = null) =>
        Endpoint(configuration, DaprGrpcEndpointEnvironmentVariableName, DaprGrpcPortEnvironmentVariableName, DefaultGrpcPort);

    private static string Endpoint(IConfiguration? configuration, string endpointKey, string portKey, int defaultPort) =>
        Lookup(configuration, endpointKey)
        ?? $"{DefaultDaprScheme}://{DefaultDaprHost}:{Lookup(configuration, portKey) ?? defaultPort.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    private static string? Lookup(IConfiguration? configuration, string key) =>
        NotBlank(configuration?[key]) ?? NotBlank(Environment.GetEnvironmentVariable(key));

    private static string? NotBlank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
