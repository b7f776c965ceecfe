namespace Grpc.Net.ClientFactory;

/// <summary>Remembers among the services which names are those of gRPC clients.</summary>
internal sealed record GrpcClientName(string Value);
