using System.Collections.Frozen;

namespace Sidecar.PubSub;

/// <summary>What the publisher said about a message, as headers of its delivery.</summary>
internal static class MessageHeaders
{
    // Those that say how a request is sent, or who sends it, are not the publisher's to set.
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "host", "connection", "keep-alive", "proxy-connection", "transfer-encoding", "te", "trailer", "upgrade", "expect", "authorization", "cookie",
        "traceparent", "tracestate", "grpc-trace-bin");

    /// <summary>The entries that can be headers and may be.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(IReadOnlyDictionary<string, string> metadata) =>
        metadata.Where(item => IsToken(item.Key) && !IsReserved(item.Key) && item.Value.All(c => c is >= ' ' and <= '~'));

    private static bool IsReserved(string name) =>
        Reserved.Contains(name)
        || name.StartsWith("dapr-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("content-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("proxy-", StringComparison.OrdinalIgnoreCase);

    private static bool IsToken(string name) =>
        name.Length is > 0 and <= 256
            && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));
}
