using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace DurableEngine.Backends.Sqlite;

/// <summary>
/// The one writer of a database. What is asked for while a commit is under way shares the next one, so that many callers
/// pay for one sync. A piece of work that throws <see cref="WorkRefusedException"/> before it has written anything fails
/// alone.
/// </summary>
public sealed class GroupCommitWriter : IAsyncDisposable
{
    private const int LargestGroup = 512;

    private readonly Channel<Work> queue = Channel.CreateBounded<Work>(new BoundedChannelOptions(8192) { SingleReader = true });
    private readonly SqliteConnection connection;
    private readonly Task loop;

    public GroupCommitWriter(SqliteConnection connection)
    {
        this.connection = connection;
        loop = Task.Run(RunAsync);
    }

    /// <summary>Runs <paramref name="work"/> in a transaction; the result comes when it is on disk.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteTransaction, T> work, CancellationToken cancellationToken)
    {
        var item = new Work<T>(work);
        await queue.Writer.WriteAsync(item, cancellationToken);

        // From here on it may be carried out: whoever gives up waiting does not know whether it was.
        return await item.Answer.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
    }

    private async Task RunAsync()
    {
        var group = new List<Work>();
        while (await queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < LargestGroup && queue.Reader.TryRead(out var work))
            {
                group.Add(work);
            }

            Commit(group);
        }
    }

    private void Commit(List<Work> group)
    {
#pragma warning disable CA1031 // Any failure to write is the answer to all that were in the group; the loop must go on.
        try
        {
            using var transaction = connection.BeginTransaction();
            foreach (var work in group)
            {
                work.Run(transaction);
            }

            transaction.Commit();
        }
        catch (Exception error)
        {
            group.ForEach(work => work.Fail(error));
            return;
        }
#pragma warning restore CA1031
        group.ForEach(work => work.Succeed());
    }

    private abstract class Work
    {
        public abstract void Run(SqliteTransaction transaction);
        public abstract void Succeed();
        public abstract void Fail(Exception error);
    }

    private sealed class Work<T>(Func<SqliteTransaction, T> work) : Work
    {
        private T? result;
        private WorkRefusedException? refusal;

        public TaskCompletionSource<T> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Run(SqliteTransaction transaction)
        {
            try
            {
                result = work(transaction);
            }
            catch (WorkRefusedException error)
            {
                refusal = error;
            }
        }

        public override void Succeed()
        {
            if (refusal is not null)
            {
                Answer.TrySetException(refusal);
            }
            else
            {
                Answer.TrySetResult(result!);
            }
        }

        public override void Fail(Exception error) => Answer.TrySetException(error);
    }
}

/// <summary>Work that must not be done as things stand; thrown before anything was written.</summary>
public abstract class WorkRefusedException(string message) : Exception(message);
