using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orchestration.Domain.Expressions;

namespace Orchestration.Domain.Plans;

/// <summary>
/// The canonical form of a plan: JSON in our own dialect, without blanks, with the fields in a fixed order and without what
/// equals its default. It is a persisted format: it only ever gains fields.
/// </summary>
public static class PlanJson
{
    /// <summary>Writes the canonical form.</summary>
    public static string Write(Plan plan) => Encoding.UTF8.GetString(WriteBytes(plan).WrittenSpan);

    /// <summary>
    /// SHA-256 of the canonical form, lower-case hex. Plans that mean the same in the same order have one hash, whatever the dialect.
    /// </summary>
    public static string ContentHash(Plan plan) => Convert.ToHexStringLower(SHA256.HashData(WriteBytes(plan).WrittenSpan));

    /// <summary>Reads the canonical form back.</summary>
    /// <exception cref="InvalidDataException">The text was not written by <see cref="Write"/>.</exception>
    public static Plan Read(string json)
    {
        PlanReading reading = PlanReader.Read(json, DocumentLimits.Stored);
        return reading.Plan ?? throw new InvalidDataException($"Not a stored plan: {reading.Problems[0]}");
    }

    private static ArrayBufferWriter<byte> WriteBytes(Plan plan)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using Utf8JsonWriter writer = CelJson.NewWriter(buffer);
        PlanWriter.Write(writer, plan);
        writer.Flush();
        return buffer;
    }
}
