using System.Buffers;

namespace Grpc.Core;

/// <summary>
/// Takes the bytes of one message from a serializer: either all at once with <see cref="Complete(byte[])"/>, or written to
/// <see cref="GetBufferWriter"/> and finished with <see cref="Complete()"/>.
/// </summary>
public abstract class SerializationContext
{
    /// <summary>Takes the whole message; nothing may follow.</summary>
    /// <param name="payload">The message; the context owns it from now on.</param>
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    /// <summary>Ends the message written to <see cref="GetBufferWriter"/>.</summary>
    public virtual void Complete() => throw new NotImplementedException();

    /// <summary>Where to write the message.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>Announces the length of the message, before anything is written.</summary>
    /// <param name="payloadLength">The length in bytes.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }
}

/// <summary>Gives the bytes of one message to a deserializer.</summary>
public abstract class DeserializationContext
{
    /// <summary>The length of the message in bytes.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>The message as an array of its own. Can be asked for once.</summary>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotImplementedException();

    /// <summary>The message without a copy, valid until the deserializer returns. Can be asked for once.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => throw new NotImplementedException();
}
