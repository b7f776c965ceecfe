using System.Net.Http.Headers;
using Grpc.Core;
using Microsoft.Extensions.Primitives;

namespace Sidecar.Invocation;

/// <summary>Headers as gRPC metadata: those that belong to the call itself and not to the connection or the encoding of a body.</summary>
internal static class ForwardedMetadata
{
    private static readonly HashSet<string> OfTheMessage = new(StringComparer.OrdinalIgnoreCase)
    {
        "accept", "accept-encoding", "content-encoding", "content-length", "content-type", "dapr-app-id", "dapr-callee-app-id",
        "date", "expect", "server", "user-agent",
    };

    public static Metadata From(IEnumerable<KeyValuePair<string, StringValues>> headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.Where(header => IsMetadata(header.Key)))
        {
            foreach (var value in values.OfType<string>())
            {
                Add(metadata, name.ToLowerInvariant(), value);
            }
        }

        return metadata;
    }

    public static Metadata From(HttpResponseHeaders headers) =>
        From(headers.NonValidated.Select(header => KeyValuePair.Create(header.Key, new StringValues([.. header.Value]))));

    public static Metadata From(Metadata received)
    {
        var metadata = new Metadata();
        foreach (var entry in received.Where(entry => IsMetadata(entry.Key)))
        {
            metadata.Add(entry);
        }

        return metadata;
    }

    private static bool IsMetadata(string name) =>
        ForwardedHeaders.IsForwarded(name) && !OfTheMessage.Contains(name) && !name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase)
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private static void Add(Metadata metadata, string name, string value)
    {
        if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.Ordinal))
        {
            if (value.All(letter => letter is >= ' ' and <= '~'))
            {
                metadata.Add(name, value);
            }

            return;
        }

        foreach (var part in value.Split(','))
        {
            // Padding is optional in metadata.
            var bytes = new byte[part.Length];
            if (Convert.TryFromBase64String(
                part.Trim().TrimEnd('=').PadRight((part.Trim().TrimEnd('=').Length + 3) / 4 * 4, '='), bytes, out var length))
            {
                metadata.Add(name, bytes[..length]);
            }
        }
    }
}
