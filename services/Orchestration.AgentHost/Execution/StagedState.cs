using System.Text.Json;
using Dapr.Client;

namespace Orchestration.AgentHost.Execution;

/// <summary>What one call has read and wants to write; nothing is written before it is committed.</summary>
/// <param name="prefix">Tenant and agent, in front of every key.</param>
/// <param name="writable">False for a skill that declares no effects.</param>
internal sealed class StagedState(DaprClient dapr, string prefix, bool writable)
{
    private static readonly StateOptions IfUnchanged =
        new() { Concurrency = ConcurrencyMode.FirstWrite, Consistency = ConsistencyMode.Strong };

    private readonly Lock sync = new();
    private readonly Dictionary<string, byte[]?> writes = [];
    private readonly Dictionary<string, string> etags = [];

    public async Task<T?> GetAsync<T>(string key, CancellationToken cancellationToken) where T : class
    {
        var full = FullKey(key);
        lock (sync)
        {
            if (writes.TryGetValue(full, out var staged))
            {
                return Read<T>(staged);
            }
        }

        var (value, etag) =
            await dapr.GetByteStateAndETagAsync(EffectStore.Component, full, ConsistencyMode.Strong, cancellationToken: cancellationToken);
        lock (sync)
        {
            etags.TryAdd(full, etag ?? "");
        }

        return Read<T>(value.ToArray());
    }

    /// <param name="value">UTF-8 JSON; null removes the key.</param>
    public void Set(string key, byte[]? value)
    {
        if (!writable)
        {
            throw new InvalidOperationException("A skill that writes state must say so: override HasEffects.");
        }

        lock (sync)
        {
            writes[FullKey(key)] = value;
        }
    }

    /// <summary>The writes as one transaction's operations; a key that was read is written only if it has not changed since.</summary>
    public IEnumerable<StateTransactionRequest> Operations()
    {
        lock (sync)
        {
            return [.. writes.Select(write => Operation(write.Key, write.Value))];
        }
    }

    private StateTransactionRequest Operation(string key, byte[]? value)
    {
        var wasRead = etags.TryGetValue(key, out var etag);
        return new StateTransactionRequest(
            key,
            value,
            value is null ? StateOperationType.Delete : StateOperationType.Upsert,
            string.IsNullOrEmpty(etag) ? null : etag,
            options: wasRead ? IfUnchanged : null);
    }

    private string FullKey(string key) =>
        key.Length is > 0 and <= 256 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/')
            ? $"{prefix}/{key}"
            : throw new ArgumentException($"'{key}' is no key: 1 to 256 letters, digits, '-', '_', '.', ':' and '/'.", nameof(key));

    private static T? Read<T>(byte[]? value) where T : class =>
        value is null or { Length: 0 } ? null : JsonSerializer.Deserialize<T>(value, SkillJson.Options);
}
