using Orchestration.Client;

namespace Launcher;

/// <summary>
/// What the person sees. On a terminal the lines of work in progress stand below the finished ones and are redrawn; elsewhere
/// only finished lines are written.
/// </summary>
/// <param name="plain">True never redraws, for example because log lines are shown in between.</param>
internal sealed class Screen(bool plain)
{
    private const int MostActiveLines = 8;

    // A terminal need not know its size.
    private const int DefaultWidth = 79;
    private readonly bool _redraw = !plain && !Console.IsOutputRedirected;
    private readonly Lock _writing = new();
    private readonly SortedDictionary<int, string> _active = [];
    private int _drawn;

    /// <summary>Writes a line that stays.</summary>
    public void Line(string text)
    {
        lock (_writing)
        {
            Erase();
            Console.WriteLine(Printable.Line(text));
            Draw();
        }
    }

    /// <summary>Shows or updates the line of something in progress.</summary>
    public void Active(int key, string text)
    {
        lock (_writing)
        {
            _active[key] = Printable.Line(text);
            Erase();
            Draw();
        }
    }

    /// <summary>Replaces a line in progress by one that stays.</summary>
    public void Finished(int key, string text)
    {
        lock (_writing)
        {
            _active.Remove(key);
        }

        Line(text);
    }

    /// <summary>Nothing is in progress any more.</summary>
    public void Clear()
    {
        lock (_writing)
        {
            Erase();
            _active.Clear();
        }
    }

    private void Erase()
    {
        if (_drawn > 0)
        {
            Console.Write($"\u001b[{_drawn}A\u001b[J");
            _drawn = 0;
        }
    }

    private void Draw()
    {
        if (!_redraw)
        {
            return;
        }

        var width = Console.WindowWidth is > 1 and var columns ? columns - 1 : DefaultWidth;
        foreach (var line in _active.Values.Take(MostActiveLines))
        {
            Console.WriteLine(line.Length > width ? line[..width] : line);
            _drawn++;
        }
    }
}
