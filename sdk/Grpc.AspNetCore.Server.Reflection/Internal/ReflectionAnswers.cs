using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Grpc.Reflection;

/// <summary>Answers the questions of the reflection protocol.</summary>
internal sealed class ReflectionAnswers(IEnumerable<string> services, SymbolRegistry registry)
{
    private readonly ListServiceResponse _services = new()
    {
        Service = { services.Distinct(StringComparer.Ordinal).Select(name => new ServiceResponse { Name = name }) },
    };

    private readonly SymbolRegistry _registry = registry ?? throw new ArgumentNullException(nameof(registry));

    public static ReflectionAnswers For(IEnumerable<ServiceDescriptor> services)
    {
        var all = services.ToList();
        return new ReflectionAnswers(all.Select(service => service.FullName), SymbolRegistry.FromFiles(all.Select(service => service.File)));
    }

    public ServerReflectionResponse Answer(ServerReflectionRequest question)
    {
        var answer = question.MessageRequestCase switch
        {
            ServerReflectionRequest.MessageRequestOneofCase.ListServices =>
                new ServerReflectionResponse { ListServicesResponse = _services },
            ServerReflectionRequest.MessageRequestOneofCase.FileByFilename =>
                Files(_registry.FileByName(question.FileByFilename), question.FileByFilename),
            ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol =>
                Files(_registry.FileContainingSymbol(question.FileContainingSymbol), question.FileContainingSymbol),
            _ => Error(StatusCode.Unimplemented, $"Questions of the kind {question.MessageRequestCase} are not answered."),
        };
        answer.ValidHost = question.Host;
        answer.OriginalRequest = question;
        return answer;
    }

    private static ServerReflectionResponse Files(FileDescriptor? file, string name)
    {
        if (file is null)
        {
            return Error(StatusCode.NotFound, $"'{name}' is not known.");
        }

        var files = new List<FileDescriptor>();
        Collect(file, files);
        return new ServerReflectionResponse
        {
            FileDescriptorResponse = new FileDescriptorResponse { FileDescriptorProto = { files.Select(each => each.SerializedData) } },
        };
    }

    private static void Collect(FileDescriptor file, List<FileDescriptor> files)
    {
        if (!files.Contains(file))
        {
            files.Add(file);
            foreach (var dependency in file.Dependencies)
            {
                Collect(dependency, files);
            }
        }
    }

    private static ServerReflectionResponse Error(StatusCode code, string message) =>
        new() { ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message } };
}
