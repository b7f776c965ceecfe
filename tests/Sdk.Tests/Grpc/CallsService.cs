using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Sdk.Tests.Grpc;

internal sealed class CallsService(CallsProbe probe) : Calls.CallsBase
{
    public override async Task<Note> Echo(Note request, ServerCallContext context)
    {
        if (context.RequestHeaders.GetValueBytes("token-bin") is { } token)
        {
            await context.WriteResponseHeadersAsync(new Metadata { { "head", "first" }, { "token-bin", token } });
            context.ResponseTrailers.Add("tail", context.RequestHeaders.GetValue("word") ?? "");
        }

        return request.Number == 0
            ? request
            : throw new RpcException(new Status((StatusCode)request.Number, request.Text), new Metadata { { "why", "asked-for" } });
    }

    public override async Task Count(Note request, IServerStreamWriter<Note> responseStream, ServerCallContext context)
    {
        for (var number = 1; number <= request.Number; number++)
        {
            await responseStream.WriteAsync(new Note { Number = number }, context.CancellationToken);
        }
    }

    public override async Task<Note> Sum(IAsyncStreamReader<Note> requestStream, ServerCallContext context)
    {
        var sum = 0;
        await foreach (var note in requestStream.ReadAllAsync(context.CancellationToken))
        {
            sum += note.Number;
        }

        return new Note { Number = sum };
    }

    public override async Task Chat(
        IAsyncStreamReader<Note> requestStream, IServerStreamWriter<Note> responseStream, ServerCallContext context)
    {
        await foreach (var note in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(new Note { Text = note.Text.ToUpper(CultureInfo.InvariantCulture) });
        }
    }

    public override async Task<Empty> Hang(Note request, ServerCallContext context)
    {
        probe.Deadline.TrySetResult(context.Deadline);
        try
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }
        finally
        {
            probe.Cancelled.TrySetResult();
        }

        return new Empty();
    }
}

/// <summary>What a test learns from inside the service.</summary>
internal sealed class CallsProbe
{
    public TaskCompletionSource<DateTime> Deadline { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
