using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orchestration.Domain.Execution;

/// <summary>Names and chances that are made from other names, so that every replay finds the same.</summary>
public static class RunIds
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>The run a request of a tenant stands for: the same request id always names the same run.</summary>
    public static string ForRequest(string tenant, string requestId) => Name($"request\n{tenant}\n{requestId}");

    /// <summary>The run below a run that does the work of one attempt.</summary>
    /// <param name="parentRunId">The run above.</param>
    /// <param name="work">The unit of work; <c>new WorkKey(-1)</c> for the fallback plan of the run itself.</param>
    /// <param name="attempt">Attempt, counted from 1.</param>
    public static string ForChild(string parentRunId, WorkKey work, int attempt) =>
        Name(string.Create(CultureInfo.InvariantCulture, $"child\n{parentRunId}\n{work.Step}\n{work.Item}\n{attempt}"));

    /// <summary>A number from 0 (included) to 1 (excluded), evenly spread over runs, work and attempts.</summary>
    public static double Chance(string runId, WorkKey work, int attempt)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"chance\n{runId}\n{work.Step}\n{work.Item}\n{attempt}")), hash);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }

    // 26 characters of the alphabet instance ids are allowed to have: 130 bits.
    private static string Name(string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Create(26, hash, static (name, bytes) =>
        {
            for (var i = 0; i < name.Length; i++)
            {
                var bit = i * 5;
                var window = (bytes[bit / 8] << 8) | bytes[bit / 8 + 1];
                name[i] = Alphabet[(window >> (11 - bit % 8)) & 31];
            }
        });
    }
}
