using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Orchestration.Domain.Execution;
using Orchestration.Hosting.Blobs;
using Orchestrator.Workflows;

namespace Orchestrator.Blobs;

/// <summary>The values of runs: small ones as they are, large ones as blobs in the collection of the root run.</summary>
internal sealed class ValueStore(BlobStore blobs, IMemoryCache cache)
{
    /// <summary>Bytes from which on a value is not kept in memory.</summary>
    private const int LargestCached = 8 * 1024 * 1024;

    private static readonly TimeSpan CachedFor = TimeSpan.FromMinutes(2);
    private static readonly JsonDocumentOptions AsDeepAsHistories = new() { MaxDepth = ExecutionJson.Depth };

    /// <summary>Makes a value that fits into a history.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="json">The value.</param>
    /// <param name="limit">A value of more bytes becomes a blob.</param>
    public async Task<RunValue> KeepAsync(ValueOwner owner, JsonElement json, int limit, CancellationToken cancellationToken)
    {
        if (RunValue.SizeOf(json) <= limit)
        {
            return RunValue.Of(json);
        }

        var content = JsonSerializer.SerializeToUtf8Bytes(json, WorkflowJson.Shared);
        var stored = await blobs.WriteAsync(owner.Tenant, owner.RootRunId, content, cancellationToken);
        var blob = new RunValue.Blob(Shorten(stored.Blob[(stored.Blob.LastIndexOf('/') + 1)..]), stored.Size);
        Remember(Key(owner, blob), json.Clone(), blob.Size);
        return blob;
    }

    /// <summary>Reads a value with everything in it.</summary>
    public async Task<JsonElement> ReadAsync(ValueOwner owner, RunValue value, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case RunValue.Inline inline:
                return inline.Json;
            case RunValue.Blob blob:
                return await ReadBlobAsync(owner, blob, cancellationToken);
            case RunValue.List list:
                var items = new JsonElement[list.Items.Length];
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = await ReadAsync(owner, list.Items[i], cancellationToken);
                }

                return JsonSerializer.SerializeToElement(items, ExecutionJson.Default.JsonElementArray);
            case RunValue.Parts parts:
                return await ReadAsync(owner, await JoinAsync(owner, parts, cancellationToken), cancellationToken);
            default:
                throw new ArgumentException($"value {value.GetType().Name}", nameof(value));
        }
    }

    /// <summary>A list in parts as one list, whose elements may still be blobs.</summary>
    public async Task<RunValue.List> JoinAsync(ValueOwner owner, RunValue.Parts parts, CancellationToken cancellationToken)
    {
        var joined = ImmutableArray.CreateBuilder<RunValue>();
        foreach (var part in parts.Items)
        {
            joined.AddRange((await ReadPartAsync(owner, part, cancellationToken)).Items);
        }

        return new RunValue.List(joined.ToImmutable());
    }

    /// <summary>Replaces every blob among the values by its content, so that expressions can be evaluated.</summary>
    public async Task<Bindings> ResolveAsync(ValueOwner owner, Bindings bindings, CancellationToken cancellationToken)
    {
        var steps = ImmutableArray.CreateBuilder<BoundStep>();
        foreach (var step in bindings.Steps ?? [])
        {
            steps.Add(step with { Output = await ResolveAsync(owner, step.Output, cancellationToken) });
        }

        return bindings with
        {
            Inputs = await ResolveAsync(owner, bindings.Inputs, cancellationToken),
            Steps = steps.ToImmutable(),
            Item = await ItemAsync(owner, bindings, cancellationToken),
            Items = null,
            Result = await ResolveAsync(owner, bindings.Result, cancellationToken),
        };
    }

    /// <summary>The value as callers and subscribers see it: a large one as the reference of its blob.</summary>
    public static JsonElement ToPublic(ValueOwner owner, RunValue value) => value switch
    {
        RunValue.Inline inline => inline.Json,
        RunValue.Blob blob => JsonSerializer.SerializeToElement(ToReference(owner, blob)),
        RunValue.List list => JsonSerializer.SerializeToElement(
            list.Items.Select(item => ToPublic(owner, item)).ToArray(), ExecutionJson.Default.JsonElementArray),
        _ => throw new ArgumentException($"value {value.GetType().Name}", nameof(value)),
    };

    private static BlobReference ToReference(ValueOwner owner, RunValue.Blob blob) =>
        new($"{owner.RootRunId}/{Convert.ToHexStringLower(Base64Url.DecodeFromChars(blob.Hash))}", blob.Size);

    private static string Shorten(string hexHash) => Base64Url.EncodeToString(Convert.FromHexString(hexHash));

    private static string Key(ValueOwner owner, RunValue.Blob blob) => $"value/{owner.Tenant}/{owner.RootRunId}/{blob.Hash}";

    private async Task<JsonElement> ReadBlobAsync(ValueOwner owner, RunValue.Blob blob, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue(Key(owner, blob), out JsonElement known))
        {
            return known;
        }

        var content = await blobs.ReadAsync(owner.Tenant, ToReference(owner, blob), cancellationToken);
        var json = JsonElement.Parse(content, AsDeepAsHistories);
        Remember(Key(owner, blob), json, blob.Size);
        return json;
    }

    private async Task<RunValue?> ResolveAsync(ValueOwner owner, RunValue? value, CancellationToken cancellationToken) =>
        value is null or RunValue.Inline ? value : new RunValue.Inline(await ReadAsync(owner, value, cancellationToken));

    private async Task<RunValue?> ItemAsync(ValueOwner owner, Bindings bindings, CancellationToken cancellationToken) =>
        bindings.Items switch
    {
        null => await ResolveAsync(owner, bindings.Item, cancellationToken),
        var items => RunValue.Of((await ReadAsync(owner, items, cancellationToken))[bindings.Index]),
    };

    private async Task<RunValue.List> ReadPartAsync(ValueOwner owner, RunValue.Part part, CancellationToken cancellationToken) =>
        part.Values as RunValue.List
        ?? (RunValue.List)(await ReadAsync(owner, part.Values, cancellationToken)).Deserialize<RunValue>(WorkflowJson.Shared)!;

    private void Remember(string key, JsonElement json, long size)
    {
        if (size <= LargestCached)
        {
            cache.Set(key, json, new MemoryCacheEntryOptions { SlidingExpiration = CachedFor, Size = size });
        }
    }
}

/// <summary>Whose values: blobs are kept by tenant and root run.</summary>
internal readonly record struct ValueOwner(string Tenant, string RootRunId);
