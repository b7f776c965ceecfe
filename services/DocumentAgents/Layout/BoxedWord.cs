using DocumentAgents.Reading;

namespace DocumentAgents.Layout;

/// <summary>A piece of text with the box it fills on the page; y grows downwards.</summary>
internal sealed record BoxedWord(string Text, double Left, double Top, double Right, double Bottom, Place Place)
{
    public double Height => Math.Max(1, Bottom - Top);

    public double Middle => (Top + Bottom) / 2;
}
