namespace Grpc.Net.ClientFactory;

/// <summary>Creates the clients that were registered with AddGrpcClient.</summary>
public abstract class GrpcClientFactory
{
    /// <summary>Creates a client; clients of one name and type share a channel.</summary>
    /// <typeparam name="TClient">The client.</typeparam>
    /// <param name="name">The name it was registered with: that of its type unless another was given.</param>
    /// <exception cref="InvalidOperationException">No client was registered with that name, or without an address.</exception>
    public abstract TClient CreateClient<TClient>(string name)
        where TClient : class;
}
