using System.Runtime.CompilerServices;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using Orchestration.Contracts;

namespace Orchestration.Client;

/// <summary>
/// What a .NET program uses to submit, watch and steer runs. Safe for concurrent use. A call that finds nobody there, or whose
/// connection is lost before an answer begins, is repeated for some seconds where repeating does no harm.
/// </summary>
public sealed class OrchestrationClient : IDisposable
{
    private const int ChunkSize = 1 << 20;
    private const int LargestMessage = 16 << 20;

    // Calls that may be repeated without harm; a signal is not among them: it would count twice.
    private static readonly MethodName[] Repeatable =
    [
        new() { Service = PlanService.Descriptor.FullName },
        new() { Service = RunService.Descriptor.FullName, Method = nameof(RunService.RunServiceClient.SubmitRun) },
        new() { Service = RunService.Descriptor.FullName, Method = nameof(RunService.RunServiceClient.CancelRun) },
        new() { Service = RunQueryService.Descriptor.FullName },
        new() { Service = RegistryService.Descriptor.FullName },
        new() { Service = SystemService.Descriptor.FullName },
        new() { Service = BlobService.Descriptor.FullName },
    ];

    // Up to about ten seconds in all: a restart of what was called, not an outage.
    private static readonly RetryPolicy Retries = new()
    {
        MaxAttempts = 8,
        InitialBackoff = TimeSpan.FromMilliseconds(200),
        MaxBackoff = TimeSpan.FromSeconds(3),
        BackoffMultiplier = 2,
        RetryableStatusCodes = { StatusCode.Unavailable },
    };

    private readonly GrpcChannel _channel;

    /// <summary>Makes a client; nothing is called yet.</summary>
    /// <param name="options">Where the system is and who is calling.</param>
    public OrchestrationClient(OrchestrationClientOptions options)
    {
        _channel = GrpcChannel.ForAddress(options.Address, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = LargestMessage,
            MaxRetryAttempts = Retries.MaxAttempts,
            MaxRetryBufferPerCallSize = LargestMessage,
            MaxRetryBufferSize = 4 * LargestMessage,
            ServiceConfig = new ServiceConfig { MethodConfigs = { RepeatableConfig() } },
        });
        var orchestrator = _channel.Intercept(new CallerInterceptor(options, options.OrchestratorAppId));
        var monitor = _channel.Intercept(new CallerInterceptor(options, options.MonitorAppId));
        Plans = new PlanService.PlanServiceClient(orchestrator);
        Runs = new RunService.RunServiceClient(orchestrator);
        Registry = new RegistryService.RegistryServiceClient(orchestrator);
        System = new SystemService.SystemServiceClient(orchestrator);
        Blobs = new BlobService.BlobServiceClient(orchestrator);
        Queries = new RunQueryService.RunQueryServiceClient(monitor);
    }

    /// <summary>The catalogue of plans.</summary>
    public PlanService.PlanServiceClient Plans { get; }

    /// <summary>Commands on runs.</summary>
    public RunService.RunServiceClient Runs { get; }

    /// <summary>Questions about runs.</summary>
    public RunQueryService.RunQueryServiceClient Queries { get; }

    /// <summary>The agents the orchestrator knows.</summary>
    public RegistryService.RegistryServiceClient Registry { get; }

    /// <summary>The state of the system.</summary>
    public SystemService.SystemServiceClient System { get; }

    /// <summary>Large content.</summary>
    public BlobService.BlobServiceClient Blobs { get; }

    /// <summary>Stores content and returns its reference for use in inputs.</summary>
    /// <param name="collection">What the content is kept with, for example a request id.</param>
    /// <param name="content">The content.</param>
    /// <param name="cancellationToken">Stops the upload; nothing is kept.</param>
    /// <exception cref="RpcException">The content is too large, or the caller may not.</exception>
    public async Task<BlobReference> UploadAsync(string collection, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var call = Blobs.UploadBlob(cancellationToken: cancellationToken);
        for (var offset = 0; offset == 0 || offset < content.Length; offset += ChunkSize)
        {
            var chunk = content.Slice(offset, Math.Min(ChunkSize, content.Length - offset));
            await call.RequestStream.WriteAsync(
                new UploadBlobRequest { Collection = offset == 0 ? collection : "", Chunk = UnsafeByteOperations.UnsafeWrap(chunk) },
                cancellationToken);
        }

        await call.RequestStream.CompleteAsync();
        return await call.ResponseAsync;
    }

    /// <summary>Fetches content.</summary>
    /// <param name="blob">Its reference.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <exception cref="RpcException">There is no such content (any more).</exception>
    public async Task<byte[]> DownloadAsync(string blob, CancellationToken cancellationToken)
    {
        using var call = Blobs.DownloadBlob(new DownloadBlobRequest { Blob = blob }, cancellationToken: cancellationToken);
        using var content = new MemoryStream();
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            call.ResponseStream.Current.Chunk.WriteTo(content);
        }

        return content.ToArray();
    }

    /// <summary>Reads a JSON value that came out of a run; a blob reference is followed.</summary>
    /// <param name="value">UTF-8 JSON, or <c>{"$blob": …, "size": n}</c>.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    public async Task<JsonElement> ReadValueAsync(ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(value.IsEmpty ? "null"u8.ToArray() : value);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("$blob", out var blob))
        {
            return document.RootElement.Clone();
        }

        using var content = JsonDocument.Parse(await DownloadAsync(blob.GetString() ?? "", cancellationToken));
        return content.RootElement.Clone();
    }

    /// <summary>
    /// Watches a run until it has ended. A stream that breaks is resumed after the newest sequence seen, so that no numbered
    /// event of the run itself is missed or repeated; events of child runs may come again.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="includeChildren">Adds the events of the runs below it.</param>
    /// <param name="cancellationToken">Ends the watch; the run goes on.</param>
    /// <exception cref="RpcException">The run is unknown, or the caller may not see it.</exception>
    public async IAsyncEnumerable<RunEvent> WatchAsync(
        string runId, bool includeChildren, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = 0L;
        while (true)
        {
            using var call = Queries.WatchRun(
                new WatchRunRequest { RunId = runId, FromSequence = next, IncludeChildren = includeChildren }, cancellationToken: cancellationToken);
            while (await MoveNextAsync(call.ResponseStream, cancellationToken))
            {
                var current = call.ResponseStream.Current;
                if (current.RunId == runId && current.Sequence > 0)
                {
                    next = current.Sequence + 1;
                }

                yield return current;
                if (current.RunId == runId && current.PayloadCase == RunEvent.PayloadOneofCase.RunEnded)
                {
                    yield break;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private static MethodConfig RepeatableConfig()
    {
        var config = new MethodConfig { RetryPolicy = Retries };
        foreach (var name in Repeatable)
        {
            config.Names.Add(name);
        }

        return config;
    }

    /// <summary>False when the stream has ended or broke in a way that resuming mends.</summary>
    private static async Task<bool> MoveNextAsync(IAsyncStreamReader<RunEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNext(cancellationToken);
        }
        catch (RpcException failure) when (!cancellationToken.IsCancellationRequested && failure.StatusCode
            is StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.Unknown or StatusCode.Internal or StatusCode.Cancelled)
        {
            return false;
        }
    }
}
