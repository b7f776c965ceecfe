using Orchestration.Hosting.Errors;

namespace Orchestrator.Blobs;

/// <summary>How much of this process's memory uploads may take together; one that finds no room is told to come back.</summary>
internal sealed class UploadMemory
{
    /// <summary>Bytes of all uploads under way.</summary>
    public const long Most = 192 << 20;

    private static readonly TimeSpan Advice = TimeSpan.FromSeconds(2);

    private long _taken;

    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Dispose it when the upload is over.</summary>
    public Upload Open() => new(this);

    /// <summary>What one upload has taken.</summary>
    public sealed class Upload(UploadMemory memory) : IDisposable
    {
        private long _taken;

        /// <exception cref="FailureException">There is no room for so much at the moment.</exception>
        public void Take(int bytes)
        {
            _taken += bytes;
            if (Interlocked.Add(ref memory._taken, bytes) > Most)
            {
                throw FailureException.Saturated("Too much is being uploaded at once.", Advice);
            }
        }

        public void Dispose()
        {
            Interlocked.Add(ref memory._taken, -_taken);
            _taken = 0;
        }
    }
}
