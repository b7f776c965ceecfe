using Microsoft.Extensions.Configuration;

namespace Orchestration.Hosting.Sidecar;

/// <summary>Where our own sidecar listens, by the names that Dapr gives its apps.</summary>
internal sealed class SidecarAddress(IConfiguration configuration)
{
    public string Grpc { get; } = Address(configuration["DAPR_GRPC_ENDPOINT"], configuration["DAPR_GRPC_PORT"], 50001);

    public string Http { get; } = Address(configuration["DAPR_HTTP_ENDPOINT"], configuration["DAPR_HTTP_PORT"], 3500);

    /// <summary>Empty when the sidecar asks for none.</summary>
    public string Token { get; } = configuration["DAPR_API_TOKEN"] ?? "";

    private static string Address(string? endpoint, string? port, int defaultPort) =>
        !string.IsNullOrWhiteSpace(endpoint) ? endpoint : $"http://127.0.0.1:{(string.IsNullOrWhiteSpace(port) ? defaultPort : port)}";
}
