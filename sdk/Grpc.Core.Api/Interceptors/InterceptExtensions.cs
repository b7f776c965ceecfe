namespace Grpc.Core.Interceptors;

/// <summary>Wraps an invoker with interceptors.</summary>
public static class CallInvokerExtensions
{
    /// <summary>An invoker whose calls pass an interceptor first.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptor">The interceptor.</param>
    public static CallInvoker Intercept(this CallInvoker invoker, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptor);
        return new InterceptingCallInvoker(invoker, interceptor);
    }

    /// <summary>An invoker whose calls pass several interceptors, the first one given first.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptors">The interceptors.</param>
    public static CallInvoker Intercept(this CallInvoker invoker, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptors);
        return interceptors.Reverse<Interceptor>().Aggregate(invoker, Intercept);
    }

    /// <summary>An invoker that changes the metadata of every call.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptor">Gets the metadata of a call, never null, and returns what is to be sent.</param>
    public static CallInvoker Intercept(this CallInvoker invoker, Func<Metadata, Metadata> interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        return invoker.Intercept(new ContextInterceptor(new HeaderRewriter(interceptor)));
    }

    private sealed class HeaderRewriter(Func<Metadata, Metadata> rewrite) : ContextRewriter
    {
        public override ClientInterceptorContext<TRequest, TResponse> Rewrite<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context) =>
            new(context.Method, context.Host, context.Options.WithHeaders(rewrite(context.Options.Headers ?? [])));
    }
}

/// <summary>Wraps a channel with interceptors.</summary>
public static class ChannelExtensions
{
    /// <summary>An invoker on a channel whose calls pass an interceptor first.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">The interceptor.</param>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptor);
    }

    /// <summary>An invoker on a channel whose calls pass several interceptors, the first one given first.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptors">The interceptors.</param>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptors);
    }

    /// <summary>An invoker on a channel that changes the metadata of every call.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">Gets the metadata of a call, never null, and returns what is to be sent.</param>
    public static CallInvoker Intercept(this ChannelBase channel, Func<Metadata, Metadata> interceptor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptor);
    }
}
