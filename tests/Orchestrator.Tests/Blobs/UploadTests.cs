using Google.Protobuf;
using Grpc.Core;
using Orchestration.Contracts;
using Orchestration.Domain.Failures;
using Orchestration.Hosting.Errors;
using Orchestrator.Blobs;

namespace Orchestrator.Tests.Blobs;

/// <summary>What uploads may take of the process, together and each.</summary>
public sealed class UploadTests
{
    private readonly UploadMemory _memory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Memory_TenantHasItsShare_RefusesItAndNotTheOther()
    {
        using var large = _memory.Open("acme");
        large.Take((int)UploadMemory.MostOfTenant);
        using (var more = _memory.Open("acme"))
        {
            var refused = Assert.Throws<FailureException>(() => more.Take(1));
            Assert.Equal((FailureCode.Saturated, true), (refused.Failure.Code, refused.Failure.RetryAfter > TimeSpan.Zero));
        }

        using var other = _memory.Open("globex");
        other.Take((int)UploadMemory.MostOfTenant);
        using var third = _memory.Open("initech");
        Assert.Throws<FailureException>(() => third.Take(1));

        large.Dispose();
        third.Take(1);
        other.Dispose();
        third.Dispose();
        Assert.Equal(0, _memory.Taken);
    }

    [Fact]
    public async Task Content_InPieces_TakesItsSizeAndIsWhole()
    {
        using var room = _memory.Open("acme");
        var pieces = Enumerable.Range(0, 100).Select(n => new byte[10_000 + n]).ToList();
        var content = await ReadAsync(
            room, [new() { Collection = "c" }, .. pieces.Select(piece => new UploadBlobRequest { Chunk = ByteString.CopyFrom(piece) })]);

        Assert.Equal(("c", pieces.Sum(piece => piece.Length)), (content.Collection, content.Bytes.Length));
        Assert.Equal(content.Bytes.Length + (pieces.Count * UploadedContent.PerPiece), _memory.Taken);
    }

    [Fact]
    public async Task Content_TooLarge_IsRefused()
    {
        using var room = _memory.Open("acme");
        var piece = new UploadBlobRequest { Chunk = ByteString.CopyFrom(new byte[4 << 20]) };
        var refused = await Assert.ThrowsAsync<FailureException>(() => ReadAsync(room, Enumerable.Repeat(piece, 17)));
        Assert.Equal(FailureCode.InvalidArgument, refused.Failure.Code);
    }

    [Fact]
    public async Task Content_ThatStandsStill_GivesItsMemoryBackAndMayBeMadeAgain()
    {
        var time = new TimeThatIsUp();
        var stalled = new Parts([new() { Chunk = ByteString.CopyFrom(new byte[1000]) }], ends: false);
        using (var room = _memory.Open("acme"))
        {
            var stopped = await Assert.ThrowsAsync<FailureException>(() => UploadedContent.ReadAsync(stalled, room, time, Cancel));
            Assert.Equal((FailureCode.Unavailable, UploadedContent.Patience), (stopped.Failure.Code, time.Waited));
        }

        Assert.Equal(0, _memory.Taken);
    }

    private static Task<UploadedContent> ReadAsync(UploadMemory.Upload room, IEnumerable<UploadBlobRequest> parts) =>
        UploadedContent.ReadAsync(new Parts(parts, ends: true), room, TimeProvider.System, Cancel);

    /// <summary>Parts that are there at once; then the end, or nothing more for ever.</summary>
    private sealed class Parts(IEnumerable<UploadBlobRequest> parts, bool ends) : IAsyncStreamReader<UploadBlobRequest>
    {
        private readonly IEnumerator<UploadBlobRequest> _parts = parts.GetEnumerator();

        public UploadBlobRequest Current => _parts.Current;

        public Task<bool> MoveNext(CancellationToken cancellationToken) =>
            _parts.MoveNext() ? Task.FromResult(true) : ends ? Task.FromResult(false) : new TaskCompletionSource<bool>().Task;
    }

    /// <summary>Every wait is over at once.</summary>
    private sealed class TimeThatIsUp : TimeProvider
    {
        public TimeSpan Waited { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited = dueTime;
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
