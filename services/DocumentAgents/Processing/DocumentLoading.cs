using System.Diagnostics;
using DocumentAgents.Reading;
using Orchestration.AgentHost;

namespace DocumentAgents.Processing;

/// <summary>Fetches and reads the document a call is about. What cannot be read is a permanent failure with its reading code.</summary>
internal static class DocumentLoading
{
    public static async Task<DocumentContent> LoadAsync(string name, BlobReference content, SkillContext context, CancellationToken cancellationToken)
        => Read(name, await context.ReadBlobAsync(content, cancellationToken), cancellationToken);

    public static DocumentContent Read(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        => DocumentReader.Read(name, bytes, ReadLimits.Default, cancellationToken) switch
        {
            ReadResult.Succeeded read => read.Content,
            ReadResult.Failed failed => throw Refused(failed.Failure),
            var other => throw new UnreachableException(other.ToString()),
        };

    public static SkillException Refused(ReadFailure failure)
        => SkillException.Permanent(failure.Code, failure.Place is { } place ? $"{failure.Message} ({place})" : failure.Message);
}
