using Google.Protobuf;
using Grpc.Core;
using Interop.Tests.Protos;

namespace Interop.Tests;

/// <summary>The server side of the interoperability cases on our gRPC.</summary>
internal sealed class TestServer : TestService.TestServiceBase
{
    public const string InitialKey = "x-grpc-test-echo-initial";
    public const string TrailingKey = "x-grpc-test-echo-trailing-bin";

    public override Task<Empty> EmptyCall(Empty request, ServerCallContext context)
    {
        Compress(null, context);
        return Task.FromResult(new Empty());
    }

    public override async Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context)
    {
        Expect(request.ExpectCompressed, context);
        await EchoMetadataAsync(context);
        Fail(request.ResponseStatus);

        // A negative size asks for an answer that never comes.
        if (request.ResponseSize < 0)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
        }

        Compress(request.ResponseCompressed, context);
        return new SimpleResponse { Payload = Zeros(request.ResponseSize) };
    }

    public override async Task<StreamingInputCallResponse> StreamingInputCall(
        IAsyncStreamReader<StreamingInputCallRequest> requestStream, ServerCallContext context)
    {
        var size = 0;
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            Expect(request.ExpectCompressed, context);
            size += request.Payload.Body.Length;
        }

        return new StreamingInputCallResponse { AggregatedPayloadSize = size };
    }

    public override async Task StreamingOutputCall(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        await AnswerAsync(request, responseStream, context);
    }

    public override async Task FullDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requestStream,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context)
    {
        await EchoMetadataAsync(context);
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            Fail(request.ResponseStatus);
            await AnswerAsync(request, responseStream, context);
        }
    }

    public static Payload Zeros(int size) => new() { Body = UnsafeByteOperations.UnsafeWrap(new byte[size]) };

    private static async Task AnswerAsync(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context)
    {
        foreach (var parameters in request.ResponseParameters)
        {
            Compress(parameters.Compressed, context);
            await responseStream.WriteAsync(
                new StreamingOutputCallResponse { Payload = Zeros(parameters.Size) }, context.CancellationToken);
        }
    }

    private static async Task EchoMetadataAsync(ServerCallContext context)
    {
        if (context.RequestHeaders.GetValueBytes(TrailingKey) is { } trailing)
        {
            context.ResponseTrailers.Add(TrailingKey, trailing);
        }

        var initial = context.RequestHeaders.GetValue(InitialKey);
        await context.WriteResponseHeadersAsync(initial is null ? [] : new Metadata { { InitialKey, initial } });
    }

    private static void Fail(EchoStatus? status)
    {
        if (status is { Code: not 0 })
        {
            throw new RpcException(new Status((StatusCode)status.Code, status.Message));
        }
    }

    // What a server sees of compression is the encoding of the call, not the flag of a message.
    private static void Expect(bool? compressed, ServerCallContext context)
    {
        if (compressed == true && context.GetHttpContext().Request.Headers.GrpcEncoding.ToString() is "" or "identity")
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "the message is not compressed"));
        }
    }

    private static void Compress(bool? compressed, ServerCallContext context) =>
        context.WriteOptions = compressed == true ? WriteOptions.Default : new WriteOptions(WriteFlags.NoCompress);
}
