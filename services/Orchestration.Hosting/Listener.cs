namespace Orchestration.Hosting;

/// <summary>Which port a connection came in on; a connection feature, hence a class.</summary>
internal sealed class Listener
{
    private Listener() { }

    public static Listener App { get; } = new();

    public static Listener Health { get; } = new();
}
