using System.Diagnostics;
using System.Text.RegularExpressions;
using DocumentAgents.Reading;
using Orchestration.AgentHost;

namespace DocumentAgents.Processing;

/// <summary>Fetches and reads the document a call is about. What cannot be read is a permanent failure with its reading code.</summary>
internal static class DocumentLoading
{
    public static async Task<DocumentContent> LoadAsync(
        string name, BlobReference content, SkillContext context, CancellationToken cancellationToken)
        => Read(name, await FetchAsync(content, context, cancellationToken), cancellationToken);

    /// <summary>Fetches what a reader would accept; the rest is refused before a byte of it is read.</summary>
    public static async Task<byte[]> FetchAsync(BlobReference content, SkillContext context, CancellationToken cancellationToken)
        => content.Size <= ReadLimits.Default.MaxBytes
            ? await context.ReadBlobAsync(content, cancellationToken)
            : throw Refused(new ReadFailure(
                ReadFailureCodes.LimitExceeded, $"{content.Size} bytes are more than the {ReadLimits.Default.MaxBytes} that are read"));

    public static DocumentContent Read(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        => DocumentReader.Read(name, bytes, ReadLimits.Default, cancellationToken) switch
        {
            ReadResult.Succeeded read => read.Content,
            ReadResult.Failed failed => throw Refused(failed.Failure),
            var other => throw new UnreachableException(other.ToString()),
        };

    /// <summary>Runs rules over a document for a call: a pattern that takes too long refuses the document.</summary>
    public static T Guard<T>(Func<T> rules)
    {
        try
        {
            return rules();
        }
        catch (RegexMatchTimeoutException)
        {
            throw Refused(RegexLimit.Exceeded);
        }
    }

    public static SkillException Refused(ReadFailure failure)
        => SkillException.Permanent(failure.Code, failure.Place is { } place ? $"{failure.Message} ({place})" : failure.Message);
}
