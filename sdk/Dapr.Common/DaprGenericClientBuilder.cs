using System.Reflection;
using System.Text.Json;
using Dapr.Common.Connection;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;

namespace Dapr.Common;

/// <summary>Settings that the builders of all clients share. What is not set is looked up in configuration, then in the environment.</summary>
/// <typeparam name="TClientBuilder">The client that is built.</typeparam>
public abstract class DaprGenericClientBuilder<TClientBuilder> where TClientBuilder : class, IDaprClient
{
    private readonly SidecarSettings _settings;

    /// <summary>Starts with the defaults of <see cref="DaprDefaults"/>.</summary>
    protected DaprGenericClientBuilder(IConfiguration? configuration = null) => _settings = SidecarSettings.From(configuration);

    /// <summary>Token sent to the sidecar; empty sends none.</summary>
    public string DaprApiToken => _settings.ApiToken;

    /// <summary>How payloads become JSON.</summary>
    public JsonSerializerOptions JsonSerializerOptions { get; private set; } = new(JsonSerializerDefaults.Web);

    /// <summary>Uses this HTTP endpoint, an absolute URI.</summary>
    public DaprGenericClientBuilder<TClientBuilder> UseHttpEndpoint(string httpEndpoint)
    {
        _settings.HttpEndpoint = httpEndpoint;
        return this;
    }

    /// <summary>Uses this gRPC endpoint, an absolute URI.</summary>
    public DaprGenericClientBuilder<TClientBuilder> UseGrpcEndpoint(string grpcEndpoint)
    {
        _settings.GrpcEndpoint = grpcEndpoint;
        return this;
    }

    /// <summary>Uses these options for payloads.</summary>
    public DaprGenericClientBuilder<TClientBuilder> UseJsonSerializationOptions(JsonSerializerOptions options)
    {
        JsonSerializerOptions = options;
        return this;
    }

    /// <summary>Uses these options for the gRPC channel.</summary>
    public DaprGenericClientBuilder<TClientBuilder> UseGrpcChannelOptions(GrpcChannelOptions grpcChannelOptions)
    {
        _settings.ChannelOptions = grpcChannelOptions;
        return this;
    }

    /// <summary>Sends this token to the sidecar.</summary>
    public DaprGenericClientBuilder<TClientBuilder> UseDaprApiToken(string apiToken)
    {
        _settings.ApiToken = apiToken;
        return this;
    }

    /// <summary>Limits the time of each HTTP call.</summary>
    public DaprGenericClientBuilder<TClientBuilder> UseTimeout(TimeSpan timeout)
    {
        _settings.HttpTimeout = timeout;
        return this;
    }

    /// <summary>Builds the client.</summary>
    public abstract TClientBuilder Build();

    /// <summary>Opens what a client needs to reach the sidecar.</summary>
    /// <param name="assembly">The client's assembly, named in the user agent.</param>
    internal (GrpcChannel Channel, CallInvoker Invoker) Connect(Assembly assembly)
    {
        var channel = _settings.CreateChannel();
        return (channel, _settings.CreateInvoker(channel, assembly));
    }
}
