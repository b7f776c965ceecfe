using Grpc.Core.Interceptors;

namespace Grpc.Net.ClientFactory;

/// <summary>How long an interceptor lives.</summary>
public enum InterceptorScope
{
    /// <summary>Made once for the channel and shared by all its clients.</summary>
    Channel = 0,

    /// <summary>Made for every client.</summary>
    Client = 1,
}

/// <summary>An interceptor to be made.</summary>
/// <param name="scope">How long it lives.</param>
/// <param name="creator">Makes it.</param>
public class InterceptorRegistration(InterceptorScope scope, Func<IServiceProvider, Interceptor> creator)
{
    /// <summary>How long it lives.</summary>
    public InterceptorScope Scope { get; } = scope;

    /// <summary>Makes it.</summary>
    public Func<IServiceProvider, Interceptor> Creator { get; } = creator ?? throw new ArgumentNullException(nameof(creator));
}
