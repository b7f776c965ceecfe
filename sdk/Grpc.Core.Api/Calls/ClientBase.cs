using Grpc.Core.Interceptors;

namespace Grpc.Core;

/// <summary>The root of all clients.</summary>
public abstract class ClientBase
{
    /// <summary>A client all of whose calls fail, for test doubles.</summary>
    protected ClientBase()
        : this(new UnimplementedCallInvoker())
    {
    }

    /// <summary>A client as described by another.</summary>
    /// <param name="configuration">The description.</param>
    protected ClientBase(ClientBaseConfiguration configuration)
    {
        Configuration = configuration ?? throw new ArgumentNullException(nameof(configuration));
        CallInvoker = configuration.CreateInvoker();
    }

    /// <summary>A client that calls over a channel.</summary>
    /// <param name="channel">The channel.</param>
#pragma warning disable CA1012 // the official constructors of this abstract class are public
    public ClientBase(ChannelBase channel)
        : this((channel ?? throw new ArgumentNullException(nameof(channel))).CreateCallInvoker())
    {
    }

    /// <summary>A client that calls through an invoker.</summary>
    /// <param name="callInvoker">The invoker.</param>
    public ClientBase(CallInvoker callInvoker)
        : this(new ClientBaseConfiguration(callInvoker, null))
    {
    }
#pragma warning restore CA1012

    /// <summary>Makes the calls.</summary>
    protected CallInvoker CallInvoker { get; }

    internal ClientBaseConfiguration Configuration { get; }

    /// <summary>What a client is made of; opaque to generated code.</summary>
    protected internal class ClientBaseConfiguration
    {
        private readonly CallInvoker _invoker;
        private readonly string? _host;

        internal ClientBaseConfiguration(CallInvoker invoker, string? host)
        {
            _invoker = invoker ?? throw new ArgumentNullException(nameof(invoker));
            _host = host;
        }

        internal CallInvoker CreateInvoker() =>
            _host is null ? _invoker : _invoker.Intercept(new ContextInterceptor(new HostRewriter(_host)));

        internal ClientBaseConfiguration WithHost(string host) => new(_invoker, host ?? throw new ArgumentNullException(nameof(host)));
    }

    private sealed class HostRewriter(string host) : ContextRewriter
    {
        public override ClientInterceptorContext<TRequest, TResponse> Rewrite<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context) => new(context.Method, host, context.Options);
    }
}

/// <summary>The root of generated clients.</summary>
/// <typeparam name="T">The client itself.</typeparam>
public abstract class ClientBase<T> : ClientBase
    where T : ClientBase<T>
{
    /// <summary>A client all of whose calls fail, for test doubles.</summary>
    protected ClientBase()
    {
    }

    /// <summary>A client as described by another.</summary>
    /// <param name="configuration">The description.</param>
    protected ClientBase(ClientBaseConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>A client that calls over a channel.</summary>
    /// <param name="channel">The channel.</param>
#pragma warning disable CA1012 // the official constructors of this abstract class are public
    public ClientBase(ChannelBase channel)
        : base(channel)
    {
    }

    /// <summary>A client that calls through an invoker.</summary>
    /// <param name="callInvoker">The invoker.</param>
    public ClientBase(CallInvoker callInvoker)
        : base(callInvoker)
    {
    }
#pragma warning restore CA1012

    /// <summary>The same client naming another host in its calls.</summary>
    /// <param name="host">The host.</param>
    public T WithHost(string host) => NewInstance(Configuration.WithHost(host));

    /// <summary>Creates a client from a description; generated code implements it.</summary>
    /// <param name="configuration">The description.</param>
    protected abstract T NewInstance(ClientBaseConfiguration configuration);
}
