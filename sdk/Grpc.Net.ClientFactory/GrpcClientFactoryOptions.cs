using Grpc.Core;
using Grpc.Net.Client;

namespace Grpc.Net.ClientFactory;

/// <summary>How clients of one name are made.</summary>
public class GrpcClientFactoryOptions
{
    /// <summary>Where the service is.</summary>
    public Uri? Address { get; set; }

    /// <summary>Change the options of the channel before it is made.</summary>
    public IList<Action<GrpcChannelOptions>> ChannelOptionsActions { get; } = [];

    /// <summary>Change the options of every call.</summary>
    public IList<Action<CallOptionsContext>> CallOptionsActions { get; } = [];

    /// <summary>The interceptors, the outermost first.</summary>
    public IList<InterceptorRegistration> InterceptorRegistrations { get; } = [];

    /// <summary>Makes the client from its invoker; null to use the client's constructor.</summary>
    public Func<CallInvoker, object>? Creator { get; set; }

    internal bool IsRegistered { get; set; }
}

/// <summary>The options of a call about to be made.</summary>
public class CallOptionsContext
{
    internal CallOptionsContext(CallOptions callOptions, IServiceProvider serviceProvider)
    {
        CallOptions = callOptions;
        ServiceProvider = serviceProvider;
    }

    /// <summary>The options; what is set here is used.</summary>
    public CallOptions CallOptions { get; set; }

    /// <summary>The services of the scope in which the client was created.</summary>
    public IServiceProvider ServiceProvider { get; }
}
