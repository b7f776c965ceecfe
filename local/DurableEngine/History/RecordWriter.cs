using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace DurableEngine.History;

/// <summary>Writes the compact form of the disk: variable-length integers, length-prefixed UTF-8.</summary>
internal sealed class RecordWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new(256);

    public void Byte(byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>Any sign, small magnitudes short.</summary>
    public void Number(long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        var span = buffer.GetSpan(10);
        var length = 0;
        while (rest >= 0x80)
        {
            span[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        span[length++] = (byte)rest;
        buffer.Advance(length);
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number(length);
        Encoding.UTF8.GetBytes(value, buffer.GetSpan(length));
        buffer.Advance(length);
    }

    /// <summary>Absent and empty are different things in the protocol.</summary>
    public void OptionalText(string? value)
    {
        Flag(value is not null);
        if (value is not null)
        {
            Text(value);
        }
    }

    public void Time(Instant value)
    {
        Number(value.Seconds);
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(4), value.Nanos);
        buffer.Advance(4);
    }

    public void Optional<T>(T? value, Action<RecordWriter, T> write) where T : class
    {
        Flag(value is not null);
        if (value is not null)
        {
            write(this, value);
        }
    }

    public void List<T>(IReadOnlyCollection<T> values, Action<RecordWriter, T> write)
    {
        Number(values.Count);
        foreach (var value in values)
        {
            write(this, value);
        }
    }

    /// <summary>A length before the part lets an older reader skip what a newer writer added at its end.</summary>
    public void Framed(Action<RecordWriter> write)
    {
        var part = new RecordWriter();
        write(part);
        Number(part.buffer.WrittenCount);
        buffer.Write(part.buffer.WrittenSpan);
    }

    public byte[] ToArray() => buffer.WrittenSpan.ToArray();
}
