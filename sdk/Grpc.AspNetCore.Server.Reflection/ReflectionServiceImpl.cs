using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;

namespace Grpc.Reflection;

/// <summary>Server reflection under its older name, grpc.reflection.v1alpha.</summary>
public class ReflectionServiceImpl : ServerReflection.ServerReflectionBase
{
    private readonly ReflectionAnswers _answers;

    /// <summary>Tells about services by name, with the files of a registry.</summary>
    /// <param name="services">Full names of services.</param>
    /// <param name="symbolRegistry">The files that define them.</param>
    public ReflectionServiceImpl(IEnumerable<string> services, SymbolRegistry symbolRegistry) =>
        _answers = new ReflectionAnswers(services, symbolRegistry);

    /// <summary>Tells about services.</summary>
    /// <param name="serviceDescriptors">The services.</param>
    public ReflectionServiceImpl(IEnumerable<ServiceDescriptor> serviceDescriptors) =>
        _answers = ReflectionAnswers.For(serviceDescriptors);

    /// <summary>Tells about services.</summary>
    /// <param name="serviceDescriptors">The services.</param>
    public ReflectionServiceImpl(params ServiceDescriptor[] serviceDescriptors)
        : this((IEnumerable<ServiceDescriptor>)serviceDescriptors)
    {
    }

    /// <inheritdoc/>
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            // Both versions have the same fields with the same numbers, so a message of one is read as one of the other.
            var question = V1.ServerReflectionRequest.Parser.ParseFrom(requestStream.Current.ToByteString());
            var answer = ServerReflectionResponse.Parser.ParseFrom(_answers.Answer(question).ToByteString());
            await responseStream.WriteAsync(answer, context.CancellationToken);
        }
    }
}
