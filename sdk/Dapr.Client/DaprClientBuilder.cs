using System.Text.Json;
using Dapr.Common.Connection;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;

namespace Dapr.Client;

/// <summary>Builds a <see cref="DaprClient"/>. What is not set comes from the environment.</summary>
public sealed class DaprClientBuilder
{
    private readonly SidecarSettings _settings;
    private JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    /// <summary>Starts with what the environment says.</summary>
    public DaprClientBuilder() : this(null)
    {
    }

    internal DaprClientBuilder(IConfiguration? configuration) => _settings = SidecarSettings.From(configuration);

    /// <summary>Uses this HTTP endpoint, an absolute URI.</summary>
    public DaprClientBuilder UseHttpEndpoint(string httpEndpoint)
    {
        ArgumentException.ThrowIfNullOrEmpty(httpEndpoint);
        _settings.HttpEndpoint = httpEndpoint;
        return this;
    }

    /// <summary>Uses this gRPC endpoint, an absolute URI.</summary>
    public DaprClientBuilder UseGrpcEndpoint(string grpcEndpoint)
    {
        ArgumentException.ThrowIfNullOrEmpty(grpcEndpoint);
        _settings.GrpcEndpoint = grpcEndpoint;
        return this;
    }

    /// <summary>Uses these options for payloads instead of the web defaults.</summary>
    public DaprClientBuilder UseJsonSerializationOptions(JsonSerializerOptions options)
    {
        _json = options;
        return this;
    }

    /// <summary>Uses these options for the gRPC channel.</summary>
    public DaprClientBuilder UseGrpcChannelOptions(GrpcChannelOptions grpcChannelOptions)
    {
        _settings.ChannelOptions = grpcChannelOptions;
        return this;
    }

    /// <summary>Sends this token to the sidecar.</summary>
    public DaprClientBuilder UseDaprApiToken(string apiToken)
    {
        _settings.ApiToken = apiToken;
        return this;
    }

    /// <summary>Limits the time of each HTTP call.</summary>
    public DaprClientBuilder UseTimeout(TimeSpan timeout)
    {
        _settings.HttpTimeout = timeout;
        return this;
    }

    /// <summary>Builds the client.</summary>
    public DaprClient Build() => new SidecarClient(_settings, _json);
}
