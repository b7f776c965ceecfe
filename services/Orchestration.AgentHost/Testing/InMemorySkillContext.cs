using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orchestration.AgentHost.Testing;

/// <summary>A call without a host, for tests of skills: everything said and written is kept in memory.</summary>
public sealed class InMemorySkillContext : SkillContext
{
    private readonly ConcurrentDictionary<string, byte[]> blobs = new();
    private readonly ConcurrentDictionary<string, byte[]> state = new();
    private readonly ConcurrentQueue<(double Percent, string Message)> progress = new();
    private readonly ConcurrentQueue<(string Type, JsonElement Data)> insights = new();
    private readonly ConcurrentQueue<SkillCost> costs = new();
    private readonly ConcurrentQueue<string> tokens = new();

    /// <inheritdoc />
    public override SkillCall Call { get; } = new("test", "run", "run", "step", 1, "run/step", null);

    /// <inheritdoc />
    public override ILogger Logger => NullLogger.Instance;

    /// <summary>What was reported, in order.</summary>
    public IEnumerable<(double Percent, string Message)> Progress => progress;

    /// <summary>What was noticed, in order.</summary>
    public IEnumerable<(string Type, JsonElement Data)> Insights => insights;

    /// <summary>The generated text so far.</summary>
    public string Text => string.Concat(tokens);

    /// <summary>What was paid, in order.</summary>
    public IEnumerable<SkillCost> Costs => costs;

    /// <summary>Puts content where the skill finds it.</summary>
    public BlobReference AddBlob(ReadOnlySpan<byte> content)
    {
        var name = $"test/{Convert.ToHexStringLower(SHA256.HashData(content))}";
        blobs[name] = content.ToArray();
        return new BlobReference(name, content.Length);
    }

    /// <inheritdoc />
    public override Task ReportProgressAsync(double percent, string message, CancellationToken cancellationToken)
    {
        progress.Enqueue((percent, message));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task InsightAsync<T>(string type, T data, CancellationToken cancellationToken)
    {
        insights.Enqueue((type, JsonSerializer.SerializeToElement(data, SkillJson.Options)));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task TokenAsync(string text, CancellationToken cancellationToken)
    {
        tokens.Enqueue(text);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task<byte[]> ReadBlobAsync(BlobReference reference, CancellationToken cancellationToken) =>
        blobs.TryGetValue(reference.Blob, out var content)
            ? Task.FromResult(content)
            : Task.FromException<byte[]>(SkillException.Permanent("blob_not_found", $"There is no blob {reference.Blob}."));

    /// <inheritdoc />
    public override Task<BlobReference> WriteBlobAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Task.FromResult(AddBlob(content.Span));

    /// <inheritdoc />
    public override Task<T?> GetStateAsync<T>(string key, CancellationToken cancellationToken) where T : class =>
        Task.FromResult(state.TryGetValue(key, out var value) ? JsonSerializer.Deserialize<T>(value, SkillJson.Options) : null);

    /// <inheritdoc />
    public override void SetState<T>(string key, T value) => state[key] = JsonSerializer.SerializeToUtf8Bytes(value, SkillJson.Options);

    /// <inheritdoc />
    public override void RemoveState(string key) => state.TryRemove(key, out _);

    /// <inheritdoc />
    public override void AddCost(SkillCost cost) => costs.Enqueue(cost);
}
