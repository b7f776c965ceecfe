using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Monitor.Storage;

namespace Monitor.Api;

/// <summary>Where the next page begins: the last run of this one, bound to the query it belongs to.</summary>
internal static class PageToken
{
    private const int HashLength = 8;
    private const int HeadLength = HashLength + sizeof(long);

    public static string Write(RunRow last, RunFilter filter)
    {
        var runId = Encoding.UTF8.GetBytes(last.Key.RunId);
        var token = new byte[HeadLength + runId.Length];
        HashOf(filter).CopyTo(token, 0);
        BinaryPrimitives.WriteInt64BigEndian(token.AsSpan(HashLength), Moment.ToStored(last.AcceptedAt));
        runId.CopyTo(token, HeadLength);
        return WebEncoders.Base64UrlEncode(token);
    }

    /// <summary>Null when it is no token of this query.</summary>
    public static (DateTimeOffset AcceptedAt, string RunId)? Read(string text, RunFilter filter)
    {
        byte[] token;
        try
        {
            token = WebEncoders.Base64UrlDecode(text);
        }
        catch (FormatException)
        {
            return null;
        }

        if (token.Length <= HeadLength || !token.AsSpan(0, HashLength).SequenceEqual(HashOf(filter)))
        {
            return null;
        }

        var acceptedAt = Moment.FromStored(BinaryPrimitives.ReadInt64BigEndian(token.AsSpan(HashLength)));
        return (acceptedAt ?? default, Encoding.UTF8.GetString(token, HeadLength, token.Length - HeadLength));
    }

    private static byte[] HashOf(RunFilter filter)
    {
        var query = JsonSerializer.SerializeToUtf8Bytes(new
        {
            filter.Tenant,
            filter.ParentRunId,
            filter.States,
            filter.PlanId,
            Labels = filter.Labels.OrderBy(label => label.Key, StringComparer.Ordinal),
            filter.AcceptedFrom,
            filter.AcceptedBefore,
        });
        return SHA256.HashData(query)[..HashLength];
    }
}
