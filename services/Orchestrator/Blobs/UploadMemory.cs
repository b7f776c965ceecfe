using Orchestration.Hosting.Errors;

namespace Orchestrator.Blobs;

/// <summary>
/// How much of this process's memory uploads may take together, and how much of that one tenant's; one that finds no room is told
/// to come back.
/// </summary>
internal sealed class UploadMemory
{
    /// <summary>Bytes of all uploads under way.</summary>
    public const long Most = 192 << 20;

    /// <summary>Bytes of one tenant's uploads under way; the largest upload is less.</summary>
    public const long MostOfTenant = Most / 2;

    private static readonly TimeSpan Advice = TimeSpan.FromSeconds(2);

    private readonly Lock _sync = new();
    private readonly Dictionary<string, long> _byTenant = [];
    private long _taken;

    public long Taken
    {
        get
        {
            lock (_sync)
            {
                return _taken;
            }
        }
    }

    /// <summary>Dispose it when the upload is over.</summary>
    public Upload Open(string tenant) => new(this, tenant);

    private void Take(string tenant, int bytes)
    {
        lock (_sync)
        {
            var ofTenant = _byTenant.GetValueOrDefault(tenant);
            if (_taken + bytes > Most || ofTenant + bytes > MostOfTenant)
            {
                throw FailureException.Saturated("Too much is being uploaded at once.", Advice);
            }

            _taken += bytes;
            _byTenant[tenant] = ofTenant + bytes;
        }
    }

    private void GiveBack(string tenant, long bytes)
    {
        lock (_sync)
        {
            _taken -= bytes;
            var left = _byTenant.GetValueOrDefault(tenant) - bytes;
            if (left > 0)
            {
                _byTenant[tenant] = left;
            }
            else
            {
                _byTenant.Remove(tenant);
            }
        }
    }

    /// <summary>What one upload has taken.</summary>
    public sealed class Upload(UploadMemory memory, string tenant) : IDisposable
    {
        private long _taken;

        /// <exception cref="FailureException">There is no room for so much at the moment.</exception>
        public void Take(int bytes)
        {
            memory.Take(tenant, bytes);
            _taken += bytes;
        }

        public void Dispose()
        {
            memory.GiveBack(tenant, _taken);
            _taken = 0;
        }
    }
}
