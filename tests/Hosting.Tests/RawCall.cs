using Google.Protobuf.Reflection;
using Grpc.Core;
using Orchestration.Contracts;

namespace Hosting.Tests;

/// <summary>Calls any method of the contracts by its descriptor, with an empty request.</summary>
internal static class RawCall
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(b => b, b => b);

    /// <summary>Every method of every service in orchestration.v1.</summary>
    public static IEnumerable<MethodDescriptor> Methods() =>
        new[] { PlansReflection.Descriptor, RunsReflection.Descriptor, RegistryReflection.Descriptor, BlobsReflection.Descriptor,
            EventsReflection.Descriptor }
            .SelectMany(file => file.Services)
            .SelectMany(service => service.Methods);

    public static string PathOf(MethodDescriptor method) => $"/{method.Service.FullName}/{method.Name}";

    public static async Task<RpcException?> TryAsync(CallInvoker invoker, MethodDescriptor method, string? authorization)
    {
        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (true, false) => MethodType.ClientStreaming,
            (false, true) => MethodType.ServerStreaming,
            _ => MethodType.DuplexStreaming,
        };
        var rpc = new Method<byte[], byte[]>(type, method.Service.FullName, method.Name, Bytes, Bytes);
        var headers = new Metadata();
        if (authorization is not null)
        {
            headers.Add("authorization", authorization);
        }

        try
        {
            await CallAsync(invoker, rpc, new CallOptions(headers, cancellationToken: TestContext.Current.CancellationToken));
            return null;
        }
        catch (RpcException exception)
        {
            return exception;
        }
    }

    private static async Task CallAsync(CallInvoker invoker, Method<byte[], byte[]> rpc, CallOptions options)
    {
        switch (rpc.Type)
        {
            case MethodType.Unary:
                await invoker.AsyncUnaryCall(rpc, null, options, []);
                break;
            case MethodType.ClientStreaming:
                using (var call = invoker.AsyncClientStreamingCall(rpc, null, options))
                {
                    await call;
                }

                break;
            case MethodType.ServerStreaming:
                using (var call = invoker.AsyncServerStreamingCall(rpc, null, options, []))
                {
                    await call.ResponseStream.MoveNext(options.CancellationToken);
                }

                break;
            default:
                throw new NotSupportedException($"{rpc.FullName} is a duplex call.");
        }
    }
}
