using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sidecar.Apps;
using Sidecar.Invocation;
using Sidecar.RunFiles;

namespace Sidecar.Jobs;

/// <summary>What became of one trigger at the app.</summary>
internal enum TriggerOutcome
{
    Done,
    Failed,

    /// <summary>It did not get there.</summary>
    Unreachable,
}

/// <summary>Tells an app that a job of it is due, in the app's protocol.</summary>
internal sealed class JobTrigger(SidecarTokens tokens)
{
    private const string Json = "application/json";

    public async Task<TriggerOutcome> RunAsync(AppReplica replica, Job job, CancellationToken cancellationToken)
    {
        if (!replica.TryUse(out var alive))
        {
            return TriggerOutcome.Unreachable;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, alive);
        try
        {
            return replica.Entry.Protocol == AppProtocol.Grpc
                ? await CallAsync(replica, job, ended.Token)
                : await PostAsync(replica, job, ended.Token);
        }
        catch (Exception error) when (
            !cancellationToken.IsCancellationRequested
            && error is HttpRequestException or RpcException or IOException or OperationCanceledException)
        {
            return ToOutcome((error as RpcException)?.Status.DebugException ?? error);
        }
    }

    private static TriggerOutcome ToOutcome(Exception error) =>
        error is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }
            ? TriggerOutcome.Unreachable
            : TriggerOutcome.Failed;

    private async Task<TriggerOutcome> PostAsync(AppReplica replica, Job job, CancellationToken cancellationToken)
    {
        var target = ForwardedTarget.Create(replica, $"/job/{Uri.EscapeDataString(job.Name)}", "")
            ?? throw new HttpRequestException($"{job.Name} is not a path");
        using var request = new HttpRequestMessage(HttpMethod.Post, target)
        {
            Version = replica.HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Payload(job.Data)) { Headers = { ContentType = new MediaTypeHeaderValue(Json) } },
        };
        if (tokens.App(replica) is { } token)
        {
            request.Headers.TryAddWithoutValidation(ForwardedHeaders.Token, token);
        }

        using var response = await replica.Invoker.SendAsync(request, cancellationToken);

        // An app that does not know the job will not know it the next time either.
        return response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotFound ? TriggerOutcome.Done : TriggerOutcome.Failed;
    }

    private async Task<TriggerOutcome> CallAsync(AppReplica replica, Job job, CancellationToken cancellationToken)
    {
        var request = new JobEventRequest
        {
            Name = job.Name,
            Data = job.Data ?? new Any(),
            Method = $"job/{job.Name}",
            ContentType = Json,
            HttpExtension = new HTTPExtension { Verb = HTTPExtension.Types.Verb.Post },
        };
        var headers = new Metadata();
        if (tokens.App(replica) is { } token)
        {
            headers.Add(ForwardedHeaders.Token, token);
        }

        try
        {
            try
            {
                await new AppCallback.AppCallbackClient(replica.Grpc)
                    .OnJobEventAsync(request, headers, cancellationToken: cancellationToken);
            }
            catch (RpcException error) when (error.StatusCode == StatusCode.Unimplemented)
            {
                // Apps built before 1.18 have only the alpha method.
                await new AppCallbackAlpha.AppCallbackAlphaClient(replica.Grpc)
                    .OnJobEventAlpha1Async(request, headers, cancellationToken: cancellationToken);
            }
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.NotFound)
        {
            return TriggerOutcome.Done;
        }

        return TriggerOutcome.Done;
    }

    /// <summary>The data as the body of a request: JSON values as such, anything else as its bytes.</summary>
    public static byte[] Payload(Any? data) => data switch
    {
        null => [],
        _ when data.Is(Value.Descriptor) => Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(data.Unpack<Value>())),
        _ when data.Is(StringValue.Descriptor) => JsonSerializer.SerializeToUtf8Bytes(data.Unpack<StringValue>().Value),
        _ when data.Is(BytesValue.Descriptor) => data.Unpack<BytesValue>().Value.ToByteArray(),
        _ => data.Value.ToByteArray(),
    };
}
