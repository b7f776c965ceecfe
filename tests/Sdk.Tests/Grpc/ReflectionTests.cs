using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Older = Grpc.Reflection.V1Alpha;

namespace Sdk.Tests.Grpc;

public sealed class ReflectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListServices_Asked_NamesAllMappedServices()
    {
        await using var server = await StartAsync();

        var answer = await AskAsync(server, new ServerReflectionRequest { Host = "here", ListServices = "" });

        Assert.Equal("here", answer.ValidHost);
        Assert.Equal(
            ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection", "sdk.tests.Calls"],
            answer.ListServicesResponse.Service.Select(service => service.Name).Order());
    }

    [Theory]
    [InlineData("sdk.tests.Calls")]
    [InlineData("sdk.tests.Calls.Echo")]
    [InlineData("sdk.tests.Note")]
    [InlineData("sdk.tests.Note.number")]
    public async Task FileContainingSymbol_Known_AnswersItsFile(string symbol)
    {
        await using var server = await StartAsync();

        var answer = await AskAsync(server, new ServerReflectionRequest { FileContainingSymbol = symbol });

        Assert.Equal(Calls.Descriptor.File.Name, Names(answer).First());
        Assert.Equal(symbol, answer.OriginalRequest.FileContainingSymbol);
    }

    [Fact]
    public async Task FileByFilename_WithDependencies_BringsThemAlong()
    {
        await using var server = await StartAsync();

        var answer = await AskAsync(server, new ServerReflectionRequest { FileByFilename = Calls.Descriptor.File.Name });

        Assert.Equal([Calls.Descriptor.File.Name, "google/protobuf/empty.proto"], Names(answer));
    }

    [Fact]
    public async Task Question_NotAnswerable_ErrorAndTheStreamGoesOn()
    {
        await using var server = await StartAsync();
        using var call = new ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo(cancellationToken: Token);

        await call.RequestStream.WriteAsync(new ServerReflectionRequest { FileContainingSymbol = "no.Such" }, Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        Assert.Equal((int)StatusCode.NotFound, call.ResponseStream.Current.ErrorResponse.ErrorCode);

        await call.RequestStream.WriteAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "sdk.tests.Note" }, Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        Assert.Equal((int)StatusCode.Unimplemented, call.ResponseStream.Current.ErrorResponse.ErrorCode);
    }

    [Fact]
    public async Task OlderProtocol_Asked_AnswersTheSame()
    {
        await using var server = await StartAsync();
        using var call = new Older.ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo(cancellationToken: Token);

        await call.RequestStream.WriteAsync(new Older.ServerReflectionRequest { FileContainingSymbol = "sdk.tests.Calls" }, Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));

        Assert.Contains(Calls.Descriptor.File.SerializedData, call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto);
    }

    private static Task<GrpcServer> StartAsync() =>
        GrpcServer.StartAsync(Token, services => services.AddGrpcReflection(), app => app.MapGrpcReflectionService());

    private static async Task<ServerReflectionResponse> AskAsync(GrpcServer server, ServerReflectionRequest question)
    {
        using var call = new ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo(cancellationToken: Token);
        await call.RequestStream.WriteAsync(question, Token);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(Token));
        return call.ResponseStream.Current;
    }

    private static IEnumerable<string> Names(ServerReflectionResponse answer) =>
        answer.FileDescriptorResponse.FileDescriptorProto.Select(bytes => FileDescriptorProto.Parser.ParseFrom(bytes).Name);
}
